"""Customers who may be one person, entered twice."""
