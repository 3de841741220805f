/** What the exit code of a command says to a script; listed in docs/operations.md. */
export const EXIT = {
  done: 0,
  /** The command ran, and something is wrong or left over. */
  wrong: 1,
  /** An option, a file or a setting is missing or wrong. */
  usage: 2,
  /** Another process works on the state, or in the console's directory. */
  busy: 3,
  /** Lacework, the intake, the platform or the store failed. */
  failed: 4,
  /** A defect of the program. */
  defect: 70,
  interrupted: 130,
} as const;

/** The same, as the help shows them. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    done
  1    done, and something is wrong or left over: it is named
  2    an option, a file or a setting is missing or wrong
  3    another process works on the state
  4    Lacework, the intake, the platform or the store failed
  70   a defect of the program
  130  interrupted`;
