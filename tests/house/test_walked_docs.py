"""Every block of commands in docs/ is typed by the walk on bare machines, or has a reason why not."""

from tests.proof.walked import docs_blocks, what_is_typed


def test_every_block_of_the_pages_is_typed_by_the_walk_or_says_why_not():
    places = {block.place for block in docs_blocks.every_block()}
    listed = what_is_typed.TYPED | set(what_is_typed.LEFT_OUT)
    assert places - listed == set(), "type it in tests/proof/walked, or say why not in what_is_typed.py"
    assert listed - places == set(), "these stand on no page any more"
    assert what_is_typed.TYPED.isdisjoint(what_is_typed.LEFT_OUT)


def test_blocks_are_read_as_the_page_shows_them():
    page = (
        "# One\n\ntext\n    no block, it goes on\n\n    first\n    second \\\n        third\n\n"
        "```nginx\n# no heading\n```\n\n## Two\n\n1. list:\n\n       deep\n"
    )
    read = [(block.heading, block.number, block.text) for block in docs_blocks.blocks_of("page", page)]
    assert read == [
        ("One", 1, "first\nsecond \\\n    third"),
        ("One", 2, "# no heading"),
        ("Two", 1, "deep"),
    ]
