"""Legacy office files: what the real programs make of them, and what becomes of bad programs."""

from __future__ import annotations

import shutil
import socket
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.outlook import container
from tests.readers.office.samples import REGULATION, RTF, RTF_TEXT
from textsafe.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    MissingToolError,
    ReaderCrashedError,
)
from textsafe.messages import explain
from textsafe.readers import Limits, Options, read, read_bytes
from textsafe.readers.office import programs as places
from textsafe.readers.office.ahead import converted_ahead

RTF_FILE = b"{\\rtf1 }"
WORD = container({"WordDocument": bytes(99)})
# Writes, for each file that it is asked to convert, a docx with the bytes of the file as text,
# and counts how often it was started. A file that says "crash" is one too many for it.
CONVERTER = """
import os, pathlib, sys
sys.path[:0] = {path!r}
from tests.builders import docx, paragraph
with open({log!r}, "a") as log:
    print(*sys.argv[1:], sep="\\t", file=log)
files = sys.argv[sys.argv.index("--outdir") + 2:]
target = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
target.mkdir(exist_ok=True)
for file in files:
    text = pathlib.Path(file).read_text()
    if "crash" in text:
        target.joinpath(file).with_suffix(".docx").write_bytes(b"PK half")
        os.abort()
    target.joinpath(file).with_suffix(".docx").write_bytes(docx(paragraph(text)))
"""


@pytest.fixture
def conversions(tmp_path):
    """Return options with an empty folder for converted files."""
    folder = tmp_path / "conversions"
    folder.mkdir()
    return Options(conversions=str(folder))


@pytest.fixture
def converter(install, tmp_path, request):
    """Install the converter above; return its log, a line for each start."""
    log = tmp_path / "log"
    log.touch()
    path = [str(request.config.rootpath), *sys.path]
    install("soffice", CONVERTER.format(path=path, log=str(log)))
    return lambda: log.read_text().splitlines()


def rtf(text: str) -> bytes:
    return b"{\\rtf1 " + text.encode() + b"}"


# What the real programs make of them ------------------------------------------------------------


def test_every_format_reads_as_its_modern_twin(written, tmp_path):
    (written / "办法.rtf").write_bytes(RTF)
    files = ["办法.doc", "办法.wps", "办法.odt", "办法.rtf", "台账.xls", "台账.et", "台账.ods"]
    options = Options(conversions=str(tmp_path))
    paths = list(converted_ahead([written / name for name in files], options))
    found = {path.name: read(path, options=options) for path in paths}
    assert list(found) == files
    regulation, ledger = read(written / "办法.docx"), read(written / "台账.xlsx")
    for name in ("办法.doc", "办法.wps", "办法.odt"):
        assert found[name].text == regulation.text
        assert [table.cells for table in found[name].tables] == [
            table.cells for table in regulation.tables
        ]
        assert found[name].blocks == regulation.blocks
    assert regulation.text.splitlines() == REGULATION.splitlines()
    assert found["办法.rtf"].text == RTF_TEXT
    for name in ("台账.xls", "台账.et", "台账.ods"):
        assert (found[name].text, found[name].tables) == (ledger.text, ledger.tables)
    assert [document.metadata.format for document in found.values()] == [
        name.rpartition(".")[2] for name in files
    ]
    assert {document.warnings for document in found.values()} == {()}


@pytest.mark.skipif(places.libreoffice() is None, reason="LibreOffice is not installed")
def test_links_to_files_and_to_the_network_are_not_followed(tmp_path):
    (tmp_path / "secret.odt").write_bytes(open_document("<text:p>TOPSECRET</text:p>"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        linked = open_document(
            "<text:p>before</text:p>"
            f'<text:section text:name="a"><text:section-source xlink:href="file://{tmp_path}/secret.odt"/>'
            "<text:p>old</text:p></text:section>"
            f'<text:p><draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame></text:p>'
            f'<text:p><draw:frame><draw:object xlink:href="{address}/a.odt"/></draw:frame></text:p>'
        )
        assert read_bytes(linked, source="通知.odt").text == "before\nold"
        with pytest.raises(BlockingIOError):
            server.accept()


def open_document(body: str) -> bytes:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    content = (
        f'<office:document-content {declared} office:version="1.2"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.text"
    listed = "".join(
        f'<m:file-entry m:full-path="{place}" m:media-type="{media_type}"/>'
        for place, media_type in (("/", kind), ("content.xml", "text/xml"))
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{listed}</m:manifest>'
        )
        archive.writestr("content.xml", content)
    return file.getvalue()


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_antiword_reads_where_libreoffice_is_missing(written, monkeypatch):
    monkeypatch.setattr("textsafe.readers.office.programs.libreoffice", lambda: None)
    document = read(written / "办法.doc")
    assert "县应急管理局每季度通报一次。" in document.text.splitlines()
    assert [block.kind for block in document.blocks].count("row") == 3
    assert "antiword" in document.warnings[0]
    with pytest.raises(MissingToolError):
        read(written / "办法.odt")


# What becomes of bad programs -------------------------------------------------------------------


def test_missing_program_is_named_with_the_command_that_adds_it(programs):
    (programs / "apt-get").touch(mode=0o755)
    with pytest.raises(MissingToolError) as raised:
        read_bytes(RTF_FILE, source="通知.rtf")
    said = explain(raised.value)
    assert "LibreOffice Writer" in said.text
    assert "apt-get install" in said.hint


def test_missing_component_is_named(install, tmp_path):
    install("soffice", "")
    registry = tmp_path / "share" / "registry"
    registry.mkdir(parents=True)
    (registry / "writer.xcd").touch()
    with pytest.raises(CorruptDocumentError):
        read_bytes(RTF_FILE, source="通知.rtf")
    with pytest.raises(MissingToolError) as raised:
        read_bytes(container({"Workbook": bytes(99)}), source="台账.xls")
    assert raised.value.params["tool"] == "LibreOffice Calc"


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("import time; time.sleep(600)", LimitExceededError),
        ("import os; os.abort()", ReaderCrashedError),
        ("raise SystemExit(77)", ReaderCrashedError),
        ("pass", CorruptDocumentError),
        ("import sys; sys.stderr.write('?' * 3_000_000)", CorruptDocumentError),
        (
            "import os; os.mkdir('converted'); open('converted/file.docx', 'w')",
            CorruptDocumentError,
        ),
    ],
)
def test_bad_program_costs_one_document_and_leaves_nothing(install, temporary, script, error):
    install("soffice", script)
    options = Options(limits=Limits(seconds=1 if "sleep" in script else 60))
    with pytest.raises(error):
        read_bytes(RTF_FILE, source="通知.rtf", options=options)
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("import time; time.sleep(600)", LimitExceededError),
        ("import os; os.abort()", ReaderCrashedError),
        ("raise SystemExit(1)", CorruptDocumentError),
        ("print('<book><para>')", CorruptDocumentError),
        ("print('nothing')", CorruptDocumentError),
    ],
)
def test_bad_antiword_costs_one_document_and_leaves_nothing(install, temporary, script, error):
    install("antiword", script)
    options = Options(limits=Limits(seconds=1 if "sleep" in script else 60))
    with pytest.raises(error):
        read_bytes(WORD, source="通知.doc", options=options)
    assert not list(temporary.iterdir())


def test_docbook_of_antiword(install):
    docbook = (
        "<!DOCTYPE book><book><bookinfo><title>x</title></bookinfo><chapter><title>一、目标</title>"
        "<para>各镇<footnote><para>含街道。</para></footnote>要<emphasis>立即</emphasis>检查。</para>"
        "<para>分工：<informaltable><tgroup><tbody><row><entry>燃气</entry><entry>县住建局</entry></row>"
        "</tbody></tgroup></informaltable>以上。</para></chapter></book>"
    )
    install("antiword", f"import sys; sys.stdout.buffer.write({docbook!r}.encode())")
    document = read_bytes(WORD, source="通知.doc")
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        ("paragraph", "一、目标"),
        ("paragraph", "各镇要立即检查。"),
        ("note", "含街道。"),
        ("paragraph", "分工："),
        ("row", "燃气\t县住建局"),
        ("paragraph", "以上。"),
    ]


def test_workbook_that_does_not_open_is_under_a_password(install):
    install("soffice", "pass")
    encrypted = container({"Workbook": b"\x09\x08\x00\x00\x2f\x00\x00\x00"})
    with pytest.raises(EncryptedDocumentError):
        read_bytes(encrypted, source="台账.xls")


# Many files in one call -------------------------------------------------------------------------


def folder_of(folder, *texts):
    paths = []
    for index, text in enumerate(texts):
        path = folder / f"{index}.rtf"
        path.write_bytes(rtf(text))
        paths.append(str(path))
    return paths


def outcomes(paths, options):
    for path in converted_ahead(paths, options):
        try:
            yield read(path, options=options).text.removeprefix("{\\rtf1 ").rstrip("}")
        except ReaderCrashedError:
            yield None


def test_one_call_converts_many_files(converter, conversions, temporary, tmp_path):
    texts = [f"第{number}号" for number in range(25)]
    assert list(outcomes(folder_of(tmp_path, *texts), conversions)) == texts
    assert len(converter()) == 2
    assert not [*temporary.iterdir(), *Path(conversions.conversions).iterdir()]


@pytest.mark.usefixtures("converter")
def test_file_that_crashes_the_program_does_not_cost_the_others(conversions, temporary, tmp_path):
    paths = folder_of(tmp_path, "甲", "crash", "乙")
    assert list(outcomes(paths, conversions)) == ["甲", None, "乙"]
    assert not [*temporary.iterdir(), *Path(conversions.conversions).iterdir()]


def test_other_files_and_single_ones_are_not_converted_ahead(converter, conversions, tmp_path):
    (tmp_path / "plain.txt").write_text("通知")
    (path,) = folder_of(tmp_path, "甲")
    paths = [str(tmp_path / "plain.txt"), str(tmp_path / "absent.doc"), str(tmp_path), path, "\0"]
    assert list(converted_ahead(paths, conversions)) == paths
    assert not converter()


def test_without_a_folder_nothing_is_converted_ahead(converter, tmp_path):
    paths = folder_of(tmp_path, "甲", "乙")
    assert list(converted_ahead(paths, Options())) == paths
    assert not converter()


@pytest.mark.usefixtures("converter")
def test_same_file_twice(conversions, tmp_path):
    assert list(outcomes(folder_of(tmp_path, "甲", "甲", "乙"), conversions)) == ["甲", "甲", "乙"]


def test_program_is_started_without_macros_and_links(install, tmp_path):
    install("soffice", f"import shutil; shutil.copytree('profile', {str(tmp_path / 'p')!r})")
    with pytest.raises(CorruptDocumentError):
        read_bytes(RTF_FILE, source="通知.rtf")
    settings = (tmp_path / "p" / "user" / "registrymodifications.xcu").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert '"BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in settings
    assert '"ooInetProxyType" oor:op="fuse"><value>2<' in settings
