/** For sorting: texts by their code units, which no locale changes; names in ASCII come as Go's sort has them. */
export function inTextOrder(a: string, b: string): number {
  return Number(a > b) - Number(a < b)
}
