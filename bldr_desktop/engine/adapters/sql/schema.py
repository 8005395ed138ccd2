# SPDX-License-Identifier: MIT
"""Every table of the store, for SQLite and Postgres alike. Times are RFC 3339 text in UTC."""

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
BigInt = sa.BigInteger().with_variant(Integer, "sqlite")

meta = Table(  # epoch, secrets' fingerprints, counters
    "meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False)
)

users = Table(
    "users",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("password_hash", Text, nullable=True),
    Column("role", String(16), nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("token_version", Integer, nullable=False, default=0),
    Column("created_at", String(32), nullable=False),
)
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("family", String(36), nullable=False, index=True),
    Column("user_name", String(100), ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32)),
)
audit = Table(
    "audit",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=True),
    Column("ts", String(32), nullable=False),
    Column("actor", String(100)),
    Column("action", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("details", JSON, nullable=False, default=dict),
)

blobs = Table(  # bytes that were uploaded, by hash
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInt, nullable=False),
    Column("created_at", String(32), nullable=False),
)
uploads = Table(  # tus uploads on their way
    "uploads",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(100), nullable=False, index=True),
    Column("length", BigInt, nullable=False),
    Column("offset", BigInt, nullable=False, default=0),
    Column("sha256", String(64)),
    Column("metadata", JSON, nullable=False, default=dict),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("finished_at", String(32)),
    Column("document_id", String(36)),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("path", Text),  # where it was read from or the relative path it was uploaded with
    Column(
        "path_key", Text, index=True
    ),  # owner-wide identity of a changing file: folder root + relative path
    Column("stored", Boolean, nullable=False, default=False),  # bytes are in the blob store
    Column("size", BigInt, nullable=False),
    Column("owner", String(100), index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("reason", Text),
    Column("reason_code", String(40)),
    Column("kind", String(16), nullable=False, default=""),
    Column("mime", String(120), nullable=False, default=""),
    Column("reader", String(40)),
    Column("language", String(16)),
    Column("encoding", String(32)),
    Column("paged", Boolean, nullable=False, default=False),
    Column("pages", Integer, nullable=False, default=0),
    Column("characters", Integer, nullable=False, default=0),
    Column("chunks", Integer, nullable=False, default=0),
    Column("warnings", JSON, nullable=False, default=list),
    Column("designation", Text),
    Column("designation_key", Text, index=True),
    Column("base_key", Text, index=True),
    Column("family", String(32)),
    Column("title", Text),
    Column("title_folded", Text),
    Column("category", String(64), index=True),
    Column("edition_year", Integer),
    Column("edition_status", String(16), index=True),
    Column("replaced_by", Text),
    Column("replaces", JSON, nullable=False, default=list),
    Column("replaced_by_stated", JSON, nullable=False, default=list),
    Column("mentioned", JSON, nullable=False, default=list),
    Column("issue_date", String(32)),
    Column("added_at", String(32), nullable=False),
    Column("trained_at", String(32)),
    Column("deleted_at", String(32)),
    Column("state_before", String(16)),
    Column("times_found", Integer, nullable=False, default=0),
    Column("indexed", Boolean, nullable=False, default=False),  # points of it may be in the index
    Column("parser_version", Integer, nullable=False, default=0),
)
pages = Table(
    "pages",
    metadata,
    Column("document_id", String(36), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", Text),
    Column("text", Text, nullable=False),
    Column("rows", JSON(none_as_null=True)),
)
clauses = Table(
    "clauses",
    metadata,
    Column("document_id", String(36), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("number", String(64), nullable=False),
    Column("key", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("level", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("page_end", Integer, nullable=False),
    Column("char_start", Integer, nullable=False),
    Column("char_end", Integer, nullable=False),
    Column("parent", Integer),
    Index("ix_clauses_document_key", "document_id", "key"),
)
terms = Table(
    "terms",
    metadata,
    Column("document_id", String(36), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("term", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("page", Integer, nullable=False),
    Column("char_start", Integer, nullable=False),
)
chunks = Table(
    "chunks",
    metadata,
    Column("document_id", String(36), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("context", Text, nullable=False, default=""),
    Column("kind", String(16), nullable=False),
    Column("page", Integer, nullable=False),
    Column("page_end", Integer, nullable=False),
    Column("char_start", Integer, nullable=False),
    Column("char_end", Integer, nullable=False),
    Column("clause", String(64)),
    Column("clause_key", String(64)),
    Column("clause_path", Text),
    Column("sheet", Text),
    Column("cell_range", String(40)),
    Column("vector", LargeBinary),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("type", String(32), nullable=False, index=True),
    Column("name", Text, nullable=False, default=""),
    Column("status", String(16), nullable=False, index=True),
    Column("owner", String(100), index=True),
    Column("priority", Integer, nullable=False, default=5),
    Column("params", JSON, nullable=False, default=dict),
    Column("progress", Float, nullable=False, default=0),
    Column("stage", String(32), nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("created_at", String(32), nullable=False, index=True),
    Column("started_at", String(32)),
    Column("finished_at", String(32)),
    Column("attempt", Integer, nullable=False, default=1),
    Column("retry_of", String(36)),
    Column("retried_by", String(36)),
    Column("starts", Integer, nullable=False, default=0),  # times a runner took it; bounds crash loops
    Column("lease_owner", String(64)),
    Column("lease_until", Float),  # unix seconds by the database host's clock
    Column("heartbeat_at", String(32)),
    Column("cancel_asked_at", String(32)),
    Column("error", Text),
    Column("error_code", String(40)),
    Column("error_details", Text),
    Column("receipt", JSON(none_as_null=True)),
    Column("result_path", Text),
    Column("result_name", Text),
    Column("files_total", Integer, nullable=False, default=0),
    Column("files_done", Integer, nullable=False, default=0),
    Column("files_failed", Integer, nullable=False, default=0),
    Column("chunks", Integer, nullable=False, default=0),
    Column("bytes_total", BigInt, nullable=False, default=0),
    Column("bytes_done", BigInt, nullable=False, default=0),
    Column("stage_seconds", JSON, nullable=False, default=dict),
    Column("time_left", JSON(none_as_null=True)),
)
job_files = Table(
    "job_files",
    metadata,
    Column("job_id", String(36), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInt, nullable=False, default=0),
    Column("sha256", String(64)),
    Column("state", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("document_id", String(36)),
    Column("pages", Integer, nullable=False, default=0),
    Column("chunks", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("error_code", String(40)),
    Column("warnings", JSON, nullable=False, default=list),
    Column("stage_seconds", JSON, nullable=False, default=dict),
    Index("ix_job_files_job_state", "job_id", "state"),
)
events = Table(
    "events",
    metadata,
    Column("seq", BigInt, primary_key=True, autoincrement=False),
    Column("ts", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("job_id", String(36)),
    Column("owner", String(100)),
    Column("public", Boolean, nullable=False, default=False),
    Column("merge_key", String(100)),
    Column("terminal", Boolean, nullable=False, default=False),
    Column("level", String(8)),
    Column("payload", Text, nullable=False),  # the encoded frame; text, so that a log can be searched
    Index("ix_events_job_type_seq", "job_id", "type", "seq"),
)

control_questions = Table(
    "control_questions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("question", Text, nullable=False),
    Column("document_id", String(36)),
    Column("designation", Text),
    Column("clause", String(64)),
    Column("page", Integer),
    Column("created_at", String(32), nullable=False),
)
evaluations = Table(
    "evaluations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", String(32), nullable=False, index=True),
    Column("job_id", String(36)),
    Column("questions", Integer, nullable=False),
    Column("ndcg", Float),
    Column("recall", Float),
    Column("results", JSON, nullable=False, default=list),
)
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(100), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("pinned", Boolean, nullable=False, default=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False, index=True),
)
messages = Table(
    "messages",
    metadata,
    Column("id", String(36), primary_key=True),
    Column(
        "conversation_id",
        String(36),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("position", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("task_id", String(36)),
    Column("result", JSON(none_as_null=True)),
)
