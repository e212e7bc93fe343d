import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshNumbers } from '@orbweaver/contracts/mesh-numbers'
import { useOverviewText } from './text.ts'

/** How many Services can be called, and which of them cannot: those of a name are one, wherever they stand. */
export function ServiceNumbers(props: { services: MeshNumbers['services'] }) {
  const t = useOverviewText()
  const { services } = props
  if (services === undefined) return <Unseen />
  const { healthy, total, failing } = services
  if (total === 0) return <None />
  return (
    <>
      <span className="ow-number">{t('numbers.services', { healthy, total })}</span>
      {failing.length > 0 && <Failing failing={failing} more={total - healthy - failing.length} />}
    </>
  )
}

function Failing(props: { failing: ObjectRef[]; more: number }) {
  const t = useOverviewText()
  const { failing, more } = props
  return (
    <div className="ow-soft">
      {t('numbers.failing')}
      <ul>
        {failing.map((ref) => (
          <li key={refKey(ref)}>
            <code>{`${ref.namespace ?? ''}/${ref.name}`}</code>
          </li>
        ))}
      </ul>
      {more > 0 && t('numbers.more', { count: more })}
    </div>
  )
}

/** Gateways that face one way. */
export function GatewayNumbers(props: { gateways: { ready: number; total: number } | undefined }) {
  const t = useOverviewText()
  const { gateways } = props
  if (gateways === undefined) return <Unseen />
  if (gateways.total === 0) return <None />
  return <span className="ow-number">{t('numbers.gateways', gateways)}</span>
}

function None() {
  return <span className="ow-muted">{useOverviewText()('numbers.none')}</span>
}

function Unseen() {
  const t = useOverviewText()
  return (
    <span className="ow-muted" title={t('numbers.unseenHint')}>
      {t('numbers.unseen')}
    </span>
  )
}
