"""``textsafe deadlines`` from end to end."""

from __future__ import annotations

import json


def line(**values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


GOOD = line(id="a", text="各镇要在6月底前完成排查。", date="2024-03-01")


def test_lines_are_answered_in_order(run, tmp_path):
    path = tmp_path / "sentences.jsonl"
    path.write_bytes(GOOD + b"\n" + line(id=2, text="加强领导。"))
    result = run("deadlines", path)
    first, second = result.lines
    assert (result.code, result.err) == (0, "")
    assert first["id"] == "a"
    assert first["deadlines"][0]["due"] == "2024-06-30"
    assert second == {"id": 2, "deadlines": []}


def test_standard_input_is_the_default(run):
    assert run("deadlines", stdin=GOOD).lines == run("deadlines", "-", stdin=GOOD).lines != []


def test_bad_lines_fail_in_place(run):
    bad = [
        b"not json\n", b"[1]\n", b"\xff\n", line(id=1), line(id=1, text=5),
        line(id=1, text="x", date="2024"), line(id=1, text="x", date=2024),
    ]  # fmt: skip
    result = run("deadlines", stdin=b"".join(bad) + GOOD)
    *failures, good = result.lines
    assert result.code == 1
    assert [failure["document"]["source"] for failure in failures] == [
        f"-:{number}" for number in range(1, len(bad) + 1)
    ]
    assert all(failure["error"]["hint"] for failure in failures)
    assert good["id"] == "a"
    assert result.err == "共 8 项：完成 1 项，失败 7 项\n"


def test_written_to_a_file(run, tmp_path):
    run("deadlines", "-o", tmp_path / "out.jsonl", stdin=GOOD)
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == "a"


EVENTS = '[[event]]\nname = "汛期"\nregion = "白沙市"\nstart = "05-01"\nend = "09-30"\n'


def test_local_events_give_days(run, tmp_path):
    path = tmp_path / "本地.toml"
    path.write_text(EVENTS, encoding="utf-8")
    asked = line(id=1, text="各镇要在汛期前完成排查。", date="2024-03-01")
    [answer] = run("deadlines", "--events", path, "--region", "白沙市", stdin=asked).lines
    assert answer["deadlines"][0]["due"] == "2024-04-30"
    [answer] = run("deadlines", "--events", path, stdin=asked).lines
    assert "只有其他地区（白沙市）" in answer["deadlines"][0]["unresolved"]


def test_a_wrong_calendar_of_events_is_wrong_usage(run, tmp_path):
    path = tmp_path / "本地.toml"
    path.write_text(EVENTS.replace("05-01", "5月1日"), encoding="utf-8")
    result = run("deadlines", "--events", path, stdin=GOOD)
    assert (result.code, result.out) == (2, "")
    assert "第 1 个 [[event]] 的 start 不正确：5月1日" in result.err
