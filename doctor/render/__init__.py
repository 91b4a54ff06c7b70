"""Renderers: pure functions from a report to text, one file a format, each a plug-in like everybody's.

A renderer is ``render(report: Report, style: Style) -> str``, found by the entry-point group
``ataccama_doctor.renderers``.
"""
