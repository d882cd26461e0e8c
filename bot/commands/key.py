"""`key`: how is a key made?"""

from __future__ import annotations

from typing import Final

import typer

from bot.confidentiality.sealing import new_key

app: Final = typer.Typer(help="The keys that seal what people write.", no_args_is_help=True)


@app.callback()
def _about() -> None:
    """The keys that seal what people write."""


@app.command()
def new() -> None:
    """Print a new key for EFTERTANKE_KEY. Keep it apart from the database and its backups: without it nothing can be read."""
    typer.echo(new_key())
