import { Icon } from '../icon.tsx'
import { useWords } from '../kit.tsx'
import type { TableQuery } from './table.ts'

const sizes = [20, 50, 100, 200]

/** Nothing while everything fits on the smallest page. */
export function Pager(props: { query: TableQuery; total: number; onQuery: (next: TableQuery) => void }) {
  const t = useWords()
  const { query, total, onQuery } = props
  if (total <= Math.min(query.size, 20)) return null
  const last = Math.max(1, Math.ceil(total / query.size))
  const from = (query.page - 1) * query.size + 1
  const go = (page: number) => onQuery({ ...query, page })
  return (
    <div className="ow-pager">
      <label>
        {t('rowsPerPage')}{' '}
        <select
          value={query.size}
          onChange={(event) => onQuery({ ...query, size: Number(event.target.value), page: 1 })}
        >
          {[...new Set([...sizes, query.size])]
            .sort((a, b) => a - b)
            .map((size) => (
              <option key={size} value={size}>
                {size}
              </option>
            ))}
        </select>
      </label>
      <output className="ow-number">
        {t('range', { from: Math.min(from, total), to: Math.min(from + query.size - 1, total), total })}
      </output>
      <button
        type="button"
        className="ow-icon-button"
        aria-label={t('previousPage')}
        disabled={query.page <= 1}
        onClick={() => go(query.page - 1)}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className="ow-icon-button"
        aria-label={t('nextPage')}
        disabled={query.page >= last}
        onClick={() => go(query.page + 1)}
      >
        <Icon name="right" />
      </button>
    </div>
  )
}
