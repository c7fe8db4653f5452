"""The planner: teams x stops. Pure: no framework, no database.

``plan(instantie)`` gives a ``Plan`` that ``controleer_plan`` has passed. Start at ``plannen``.
"""
