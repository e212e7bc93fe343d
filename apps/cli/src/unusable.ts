/** What was given cannot be used, in one sentence for who gave it. */
export class Unusable extends Error {}
