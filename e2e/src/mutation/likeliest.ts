/** Which file of tests to ask next: of those that were asked, the ones that noticed most go first. */
export type Asking = {
  /** Of these files the one to ask; undefined where there is none. */
  likeliest(files: readonly string[]): string | undefined
  /** A file was asked about so many, and noticed so many of them. */
  answered(file: string, asked: number, noticed: number): void
}

export function createAsking(): Asking {
  const known = new Map<string, { asked: number; noticed: number }>()
  const share = (file: string) => {
    const { asked, noticed } = known.get(file) ?? { asked: 0, noticed: 0 }
    // One who was not asked yet counts as one who noticed half.
    return (noticed + 1) / (asked + 2)
  }
  return {
    likeliest: (files) => files.toSorted((one, other) => share(other) - share(one))[0],
    answered(file, asked, noticed) {
      const before = known.get(file) ?? { asked: 0, noticed: 0 }
      known.set(file, { asked: before.asked + asked, noticed: before.noticed + noticed })
    },
  }
}
