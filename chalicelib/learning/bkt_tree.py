"""Answers to a skill as a tree, and one step of expectation-maximisation on it.

By the forward and backward recursions of Baum, Petrie, Soules & Weiss (1970), "A maximization technique
occurring in the statistical analysis of probabilistic functions of Markov chains", Annals of Mathematical
Statistics 41, 164-171, scaled as in Rabiner (1989), "A tutorial on hidden Markov models", Proceedings of the
IEEE 77, 257-286. Students share the beginnings that their answers have in common, and a shared beginning is
worked out once. The backward recursion goes from the leaves to the root and carries the derivative of the
log-likelihood by each belief, which gives the expected counts exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum, log
from operator import mul
from typing import NamedTuple

from chalicelib.learning.bkt import Parameters


class Tree(NamedTuple):
    """Answers as a tree of beginnings. Nodes 0 and 1 are a first answer right and wrong.

    A parent comes before its children.
    """

    parents: list[int]
    rights: list[bool]
    weights: list[int]  # how many students came through the node
    ends: list[tuple[int, int]]  # where answers end, and those of how many students
    students: int
    answers: int
    right_answers: int


def grown(sequences: Iterable[bytes]) -> Tree:
    """The tree of these answers, one `bytes` for each student. Raises `ValueError` for any but 1 and 0."""
    parents, rights, weights = [-1, -1], [True, False], [0, 0]
    children = {(-1, 1): 0, (-1, 0): 1}
    ends = []
    for answers, students in Counter(filter(None, sequences)).items():
        if max(answers) > 1:
            raise ValueError("an answer is 1 or 0")
        node = -1
        for right in answers:
            child = children.setdefault((node, right), len(parents))
            if child == len(parents):
                parents.append(node)
                rights.append(right == 1)
                weights.append(0)
            weights[child] += students
            node = child
        ends.append((node, students))
    students = sum(count for _, count in ends)
    return Tree(parents, rights, weights, ends, students, sum(weights), sum(map(mul, weights, rights)))


def step(tree: Tree, parameters: Parameters) -> tuple[float, Parameters]:
    """The log-likelihood of the answers, and parameters under which it is no lower.

    What the parameters exclude (`p_forget` of 0) the next ones exclude too.
    """
    beliefs, chances = _forward(tree, parameters)
    counts = _backward(tree, parameters, beliefs, chances)
    return fsum(map(mul, tree.weights, map(log, chances))), _maximum(tree, parameters, beliefs, *counts)


def log_likelihoods(tree: Tree, parameters: Parameters) -> list[float]:
    """For each end of the tree the log-likelihood of the answers of one student who came there."""
    so_far: list[float] = []
    for parent, chance in zip(tree.parents, _forward(tree, parameters)[1], strict=True):
        so_far.append(log(chance) + (so_far[parent] if parent >= 0 else 0.0))
    return [so_far[node] for node, _ in tree.ends]


def _forward(tree: Tree, parameters: Parameters) -> tuple[list[float], list[float]]:
    """For each node the belief after its answer, before learning, and the probability of the answer.

    The probability is that of the answer given those before it, which keeps the recursion scaled.
    """
    p_init, learn, slip, guess, forget = parameters
    known_right, unknown_wrong, kept = 1 - slip, 1 - guess, 1 - forget - learn
    right_gain, wrong_gain = known_right - guess, slip - unknown_wrong
    chances = [guess + p_init * right_gain, unknown_wrong + p_init * wrong_gain]
    beliefs = [p_init * known_right / chances[0], p_init * slip / chances[1]]
    add_belief, add_chance = beliefs.append, chances.append
    for parent, right in zip(tree.parents[2:], tree.rights[2:], strict=True):
        before = learn + kept * beliefs[parent]
        if right:
            chance = guess + before * right_gain
            add_belief(before * known_right / chance)
        else:
            chance = unknown_wrong + before * wrong_gain
            add_belief(before * slip / chance)
        add_chance(chance)
    return beliefs, chances


def _backward(
    tree: Tree, parameters: Parameters, beliefs: list[float], chances: list[float]
) -> tuple[float, float, list[float]]:
    """How many right and how many wrong answers came, as expected, from students who knew; and the slopes.

    A node's slope is the derivative of the log-likelihood of all that comes after it by the belief before
    the next answer.
    """
    _, learn, slip, guess, forget = parameters
    kept = 1 - forget - learn
    right_gain, right_both = 1 - slip - guess, (1 - slip) * guess
    wrong_gain, wrong_both = slip - (1 - guess), slip * (1 - guess)
    slopes = [0.0] * (len(beliefs) + 1)  # the last one is that of the root, whose number is -1
    right_known = wrong_known = 0.0
    nodes = zip(tree.parents, tree.rights, tree.weights, beliefs, chances, range(len(beliefs)), strict=True)
    for parent, right, weight, belief, chance, node in reversed(list(nodes)):
        slope = kept * slopes[node]
        if right:
            right_known += belief * (weight + (1 - belief) * slope)
            slopes[parent] += (right_gain * weight + right_both * slope / chance) / chance
        else:
            wrong_known += belief * (weight + (1 - belief) * slope)
            slopes[parent] += (wrong_gain * weight + wrong_both * slope / chance) / chance
    return right_known, wrong_known, slopes


def _maximum(
    tree: Tree,
    parameters: Parameters,
    beliefs: list[float],
    right_known: float,
    wrong_known: float,
    slopes: list[float],
) -> Parameters:
    """The M-step: each parameter is the share of the expected cases in which it came about."""
    p_init, learn, _, _, forget = parameters
    known = right_known + wrong_known
    at_first = p_init * (tree.students + (1 - p_init) * slopes[-1])
    at_last = fsum(beliefs[node] * students for node, students in tree.ends)
    knew = known - at_last  # before an answer that was not the last
    did_not = tree.answers - known - (tree.students - at_last)
    forgot = 0.0
    if forget:
        kept = 1 - forget - learn
        again = sum(
            belief * (weight - (learn + kept * belief) * slope)
            for belief, weight, slope in zip(beliefs, tree.weights, slopes, strict=False)
        )
        forgot = forget * (again - at_last)
    return Parameters(
        p_init=at_first / tree.students,
        p_transit=(at_last - at_first + forgot) / did_not if did_not > 0 else learn,
        p_slip=wrong_known / known,
        p_guess=(tree.right_answers - right_known) / (tree.answers - known),
        p_forget=forgot / knew if knew > 0 else forget,
    )
