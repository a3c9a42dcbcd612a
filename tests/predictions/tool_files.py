"""The files of tests/predictions/test_tool_files.py: each as a named tool writes it, and what must come of it."""

from tests.predictions import (
    tool_files_asked,
    tool_files_columns,
    tool_files_matching,
    tool_files_packed,
    tool_files_python,
    tool_files_r,
    tool_files_scales,
    tool_files_suites,
)
from tests.predictions.tool_files_values import Asked, Read, Refused, ToolFile

TOOL_FILES: list[ToolFile] = [
    file
    for theme in (
        tool_files_packed,
        tool_files_python,
        tool_files_r,
        tool_files_suites,
        tool_files_columns,
        tool_files_matching,
        tool_files_scales,
        tool_files_asked,
    )
    for file in theme.FILES
]
READ = [file for file in TOOL_FILES if isinstance(file, Read)]
ASKED = [file for file in TOOL_FILES if isinstance(file, Asked)]
REFUSED = [file for file in TOOL_FILES if isinstance(file, Refused)]
