"""Declarations of controls: key, label, values, default, and how a value is read from and written to an address.

A control is data: `xent_ui.live` draws it as a widget, `GET /view` reads it from a query, and tests go through its
values.
"""
