import type { TrailStep } from '@orbweaver/contracts/explain'
import { useMessage } from '../../text/messages.ts'
import { PlaceLink } from '../../app/explain/place-link.tsx'

/** Step by step what was looked at, each with the object that says so. */
export function Trail(props: { mesh: string; of: 'route.step' | 'access.step' | 'injection'; steps: TrailStep[] }) {
  const say = useMessage()
  return (
    <ol className="ow-trail">
      {props.steps.map(({ code, params, ref, pointer }, index) => (
        <li key={index} data-quiet={isQuiet(code)}>
          <span>{say({ code: `${props.of}.${code}`, params })}</span>
          {ref !== undefined && <PlaceLink mesh={props.mesh} of={{ ref, pointer: pointer ?? '' }} />}
        </li>
      ))}
    </ol>
  )
}

/** What was not taken is told, but does not shout. */
function isQuiet(code: string): boolean {
  return /^(mismatch-|rule-(not|shadowed|without|fails)|server-hosts|no-rule)/.test(code)
}
