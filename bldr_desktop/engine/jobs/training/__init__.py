# SPDX-License-Identifier: MIT
"""Training: from files to searchable documents."""
