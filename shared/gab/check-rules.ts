/**
 * The version of the rules of the check. Raise it by one in each release in which the check accepts,
 * refuses or reports anything else than before, even if only for a few files: a server then checks
 * its stored versions again. A test fails if codes, severities or limits change without it.
 */
export const CHECK_RULES_VERSION = 1;
