"""No known secret leaves the process: removed by value in every form, then by name; a last scan before writing.

``views`` undoes escapes and keeps account of where each byte came from, ``needles`` says what to look for, ``redactor``
removes it, ``by_name`` is the second net, ``facts`` says what is shown of a fact, and ``final_scan`` is the last act
before data is written.
"""

from doctor.redaction.facts import fact_as_shown
from doctor.redaction.final_scan import own_words, scan_output, scan_report
from doctor.redaction.redactor import WITHHELD, Leak, Redactor
from doctor.redaction.words import PROTOCOL_WORDS

__all__ = ["PROTOCOL_WORDS", "WITHHELD", "Leak", "Redactor", "fact_as_shown", "own_words", "scan_output", "scan_report"]
