import type { TouchedPath } from '@orbweaver/contracts/plan'
import { useId, useState } from 'react'
import { usePlanText } from './text.ts'

/** The places of an object that a write touched, before and after; folded until asked for. */
export function TouchedPaths(props: { touched: TouchedPath[] }) {
  const t = usePlanText()
  const id = useId()
  const [open, setOpen] = useState(false)
  if (props.touched.length === 0) return null
  return (
    <>
      <button type="button" className="ow-link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {open ? t('hideDiff') : t('showDiff')}
      </button>
      {open && (
        <dl id={id} className="ow-touched">
          {props.touched.map((path) => (
            <div key={path.pointer}>
              <dt>
                <code>{path.pointer === '' ? '/' : path.pointer}</code>
              </dt>
              <dd>
                {path.before !== undefined && <del>{plain(path.before)}</del>}
                {path.after !== undefined && <ins>{plain(path.after)}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)
}
