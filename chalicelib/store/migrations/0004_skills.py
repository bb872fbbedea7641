"""The skills of the ten topics with their prerequisites, and the default BKT parameters of each.

The skill whose slug is the topic's name is where a problem of that topic counts when nobody says otherwise.
"""

from __future__ import annotations

import json
from typing import Any

from chalicelib.store.ids import uuid7

# slug, topic, English, Spanish, prerequisites
SKILLS = (
    ("addition", "addition", "Addition", "Suma", ()),
    ("addition.carrying", "addition", "Addition with carrying", "Suma con llevadas", ("addition",)),
    ("subtraction", "subtraction", "Subtraction", "Resta", ("addition",)),
    ("subtraction.borrowing", "subtraction", "Subtraction with borrowing", "Resta con llevadas", ("subtraction",)),
    ("subtraction.zeros", "subtraction", "Borrowing across zeros", "Restar pasando por ceros", ("subtraction.borrowing",)),
    ("multiplication", "multiplication", "Multiplication", "Multiplicación", ("addition",)),
    ("multiplication.long", "multiplication", "Long multiplication", "Multiplicación por varias cifras", ("multiplication", "addition.carrying")),
    ("division", "division", "Division", "División", ("multiplication", "subtraction")),
    ("division.long", "division", "Long division", "División larga", ("division", "subtraction.borrowing")),
    ("fractions", "fractions", "Fractions", "Fracciones", ("division",)),
    ("fractions.equivalence", "fractions", "Equivalent fractions", "Fracciones equivalentes", ("fractions",)),
    ("fractions.addition", "fractions", "Adding and subtracting fractions", "Suma y resta de fracciones", ("fractions.equivalence",)),
    ("fractions.multiplication", "fractions", "Multiplying and dividing fractions", "Multiplicación y división de fracciones", ("fractions",)),
    ("decimals", "decimals", "Decimals", "Decimales", ("fractions",)),
    ("decimals.comparison", "decimals", "Comparing decimals", "Comparar decimales", ("decimals",)),
    ("decimals.multiplication", "decimals", "Multiplying and dividing decimals", "Multiplicación y división de decimales", ("decimals", "multiplication.long")),
    ("integers", "integers", "Negative numbers", "Números negativos", ("subtraction",)),
    ("integers.multiplication", "integers", "Multiplying negative numbers", "Multiplicar números negativos", ("integers", "multiplication")),
    ("powers", "powers", "Powers and roots", "Potencias y raíces", ("multiplication",)),
    ("powers.rules", "powers", "Rules of powers", "Propiedades de las potencias", ("powers",)),
    ("ratio", "ratio", "Ratio and proportion", "Razón y proporción", ("fractions",)),
    ("ratio.percent", "ratio", "Percentages", "Porcentajes", ("ratio", "decimals")),
    ("algebra", "algebra", "Equations", "Ecuaciones", ("integers",)),
    ("algebra.expressions", "algebra", "Expanding expressions", "Desarrollar expresiones", ("algebra",)),
    ("algebra.inequalities", "algebra", "Inequalities", "Inecuaciones", ("algebra",)),
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:
    ids = {slug: uuid7() for slug, *_ in SKILLS}
    for position, (slug, topic, english, spanish, prerequisites) in enumerate(SKILLS):
        db.execute_sql(
            "INSERT INTO skills (id, slug, topic, name, position, parameter_version, created_at, updated_at)"
            " VALUES (%s, %s, %s, %s, %s, 1, now(), now())",
            (str(ids[slug]), slug, topic, json.dumps({"en": english, "es": spanish}), position),
        )
        db.execute_sql(
            "INSERT INTO skill_parameters (skill_id, version, p_init, p_transit, p_slip, p_guess, created_at)"
            " VALUES (%s, 1, 0.30, 0.10, 0.10, 0.20, now())",
            (str(ids[slug]),),
        )
        for prerequisite in prerequisites:
            db.execute_sql(
                "INSERT INTO skill_prerequisites (skill_id, prerequisite_id) VALUES (%s, %s)",
                (str(ids[slug]), str(ids[prerequisite])),
            )
