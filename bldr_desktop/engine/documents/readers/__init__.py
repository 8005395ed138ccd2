# SPDX-License-Identifier: MIT
"""One reader a technology; each is imported in the child only when a file needs it."""
