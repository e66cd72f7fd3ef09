"""Other office files than .docx and .xlsx: .doc .wps .rtf .odt, .xls .et .ods.

``reader`` holds the functions that read, ``ahead`` converts many files in one call.

LibreOffice converts them, and the readers of .docx and .xlsx read what it makes of them, so that
numbering, tables, notes and tracked changes are decided in one place. antiword reads .doc only
where LibreOffice is missing, for it is quick (3 ms) but leaves out too much to be asked first:

====================================  ==========================  ==============================
.doc                                  antiword 0.37               LibreOffice 7.4
====================================  ==========================  ==============================
regulation with wide check lists      22 % of the characters      all characters, 8 tables
regulation, automatic 第一章 第一条   none of 8 numbers           8 of 8
notice, automatic 一、（一）1.        none of 16 numbers          16 of 16
plan in articles, automatic           none of 33 numbers          33 of 33
====================================  ==========================  ==============================

The first was written by Word, the others by LibreOffice. What antiword loses it loses silently;
a document read by it carries a warning.
"""
