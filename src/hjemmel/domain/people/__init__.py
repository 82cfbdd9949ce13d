"""Persons: names, contact points, and why they are in the register."""
