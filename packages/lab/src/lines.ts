export const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

export const tail = <T>(items: readonly T[], count: number): readonly T[] => items.slice(-count)
