"""Language models behind one interface: a conversation goes in, text or a checked object comes out.

Nothing here knows a school, a budget or a database: who may ask, and what it may cost, is decided above
(`chalicelib/services/language_model.py`).
"""
