"""What the files in these tests say."""

from __future__ import annotations

REGULATION = """\
青石县安全生产检查办法
第一章 总则
第一条 为了规范安全生产检查，制定本办法。
第二条 本办法适用于下列单位：
（一）生产经营单位；
（二）各镇人民政府。
第二章 检查
第三条 检查分工如下：
行业	牵头单位
燃气	县住建局
水库	县水利局
第四条 县应急管理局每季度通报一次。
"""
LEDGER = (
    ("隐患内容", "责任单位", "责任人"),
    ("配电箱未接地", "县供电公司", "张某"),
    ("消防通道堵塞", None, "李某"),
    ("灭火器过期", "青石镇", "王某"),
)
# As Word writes it: numbers of a list with its characters in the encoding of the font.
RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    rb"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc39\levelnfcn39\leveljc0\leveljcn0"
    rb"\levelfollow2\levelstartat1{\leveltext\leveltemplateid1\'03\'b5\'da\'00\'cc\'f5;}"
    rb"{\levelnumbers\'02;}}{\listname ;}\listid100}}"
    rb"{\*\listoverridetable{\listoverride\listid100\listoverridecount0\ls1}}"
    rb"\pard\plain\ls1\ilvl0\f0 \'bc\'ec\'b2\'e9\'c8\'bc\'c6\'f8\'a1\'a3\par"
    rb"\pard\plain\ls1\ilvl0\f0 \'bc\'ec\'b2\'e9\'cb\'ae\'bf\'e2\'a1\'a3\par}"
)
RTF_TEXT = "第一条检查燃气。\n第二条检查水库。"
