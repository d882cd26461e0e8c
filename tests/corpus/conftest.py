from tests.support.faults import nothing_logged_yet  # noqa: F401 - a fixture for all tests here
