"""What Alembic runs: the steps, on the connection it is handed, inside the transaction of its caller."""

from alembic import context
from sqlmodel import SQLModel


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The job queue keeps its own tables on a PostgreSQL server; they are not compared with ours."""
    return not (kind == "table" and str(name).startswith("huey_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_object=ours,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    user_module_prefix="sqlmodel.sql.sqltypes.",
)
with context.begin_transaction():
    context.run_migrations()
