"""The workshop of pictures: SVG 1.1 text from plain data. Pure functions, no I/O, no framework.

A picture holds no script, no style sheet and nothing from elsewhere, so it may stand in a mail, a page or a
printed sheet. It brings its own light ground, and so is as legible on a dark page. Colour never says anything
alone: each cell has its number, each mark its shape.
"""
