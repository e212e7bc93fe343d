/** What a run talks to. */
export type Terminal = { out: (text: string) => void; err: (text: string) => void; now: () => Date }

/** 0: nothing found; 1: something was found; 2: what was given cannot be used. */
export type ExitCode = 0 | 1 | 2
