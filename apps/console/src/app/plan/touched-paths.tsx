import type { TouchedPath } from '@orbweaver/contracts/plan'
import { Pointer } from '../pointer.tsx'

/** The places of an object that a write touched, before and after. */
export function TouchedPaths(props: { id: string; touched: TouchedPath[] }) {
  return (
    <dl id={props.id} className="ow-touched">
      {props.touched.map((path) => (
        <div key={path.pointer}>
          <dt>{path.pointer === '' ? <code>/</code> : <Pointer of={path.pointer} />}</dt>
          <dd>
            {path.before !== undefined && <del>{plain(path.before)}</del>}
            {path.after !== undefined && <ins>{plain(path.after)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)
}
