"""The published business-to-business meeting problem, solved exactly.

Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret, "Constraint Solving Approaches to the
Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022), 263–301: every meeting gets a slot, and
people are kept from waiting between their meetings as seldom as can be.
"""
