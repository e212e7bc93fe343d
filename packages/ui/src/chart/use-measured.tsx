import { useKit } from '../kit.tsx'
import { measured, type Unit } from './measure.ts'

export type { Unit } from './measure.ts'

/** Numbers with their units in the reader's language: `0.125 cores`, `1.5 GiB`, `12,345/min`. */
export function useMeasured(): (value: number, unit: Unit) => string {
  const { locale } = useKit()
  return (value, unit) => measured(value, unit, locale)
}
