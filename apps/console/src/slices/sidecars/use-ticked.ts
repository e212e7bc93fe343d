import { useState } from 'react'

export type Ticked<Row> = {
  keys: string[]
  rows: Row[]
  onKeys: (keys: string[]) => void
  clear: () => void
}

/** Rows ticked over several pages: a row keeps what it said when it was last seen, for the intent that names it. */
export function useTicked<Row>(rows: readonly Row[] | undefined, keyOf: (row: Row) => string): Ticked<Row> {
  const [ticked, setTicked] = useState<ReadonlyMap<string, Row>>(new Map())
  const here = new Map((rows ?? []).map((row) => [keyOf(row), row]))
  const all = [...ticked].map(([key, row]): [string, Row] => [key, here.get(key) ?? row])
  return {
    keys: all.map(([key]) => key),
    rows: all.map(([, row]) => row),
    onKeys: (keys) =>
      setTicked(
        new Map(
          keys.flatMap((key): [string, Row][] => {
            const row = here.get(key) ?? ticked.get(key)
            return row === undefined ? [] : [[key, row]]
          }),
        ),
      ),
    clear: () => setTicked(new Map()),
  }
}
