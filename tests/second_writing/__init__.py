"""The bug definitions, written a second time.

Every bug of the catalogue is written here once more from its definition alone, by somebody who had not seen
`chalicelib.diagnosis`. Where the two writings give different answers, one of them misread the definition, or
the definition leaves something open. Each topic is a module with `BUGS`, from the bug's id to a function that
takes the problem's canonical text and returns the answer text, or None where the procedure does not apply or
ends without an answer.
"""
