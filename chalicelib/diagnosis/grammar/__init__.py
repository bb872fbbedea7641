"""The grammar of problems and answers, common to all topics: text to tree, tree to text, tree to value."""

from __future__ import annotations

from .parser import parse_answer_tree, parse_problem_tree
from .tree import Tree, show

__all__ = ["Tree", "parse_answer_tree", "parse_problem_tree", "show"]
