/** One thing that was measured, against the bound that design.md section 11 sets. */
export type Measure = {
  name: string
  value: number
  unit: 'ms' | 'kB' | 'MB' | '/s'
  /** Absent where nothing was promised. */
  budget?: number
  /** Whether a busy machine makes it worse: such bounds may be loosened by --tolerance, weights never. */
  timed: boolean
}

export function isBroken({ value, budget, timed }: Measure, tolerance: number): boolean {
  return budget !== undefined && value > budget * (timed ? tolerance : 1)
}

/** A Markdown table that is also readable in a terminal. */
export function tableOf(measures: readonly Measure[], tolerance: number): string {
  const rows = measures.map((each) => [
    each.name,
    `${rounded(each.value)} ${each.unit}`,
    each.budget === undefined ? '' : `${each.budget} ${each.unit}`,
    verdictOf(each, tolerance),
  ])
  const all = [['What', 'Measured', 'Budget', ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(all[0] ?? []), rule, ...rows.map(line)].join('\n')
}

function verdictOf(measure: Measure, tolerance: number): string {
  if (measure.budget === undefined) return ''
  if (isBroken(measure, tolerance)) return 'broken'
  return measure.value > measure.budget ? 'within tolerance' : 'held'
}

function rounded(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}
