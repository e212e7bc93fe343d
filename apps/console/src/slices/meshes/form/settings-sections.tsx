import { type SettingId, settings } from '@orbweaver/istio/meshes/settings'
import { Advanced } from '@orbweaver/ui/form-shell'
import type { Kind } from './draft.ts'
import { fieldOf, hasFault, valueAt } from './fields/field-of.ts'
import { type Editing, SettingField } from './fields/setting-field.tsx'
import { useFormText } from './text.ts'

/** Every setting once, in the order in which people need them. */
const sections = {
  traffic: ['outbound', 'retryAttempts', 'retryOn'],
  locality: ['locality', 'distribute', 'failover', 'failoverPriority'],
  telemetry: ['accessLog', 'accessLogEncoding', 'accessLogFormat', 'tracing', 'sampling', 'tracingProvider'],
  sidecar: ['injectByDefault', 'discoveryIsolation', 'logLevel', 'imagePullPolicy', 'imagePullSecrets'],
  resources: ['cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit'],
  lifecycle: ['holdApplication', 'drainDuration', 'zeroConnections', 'minimumDrain', 'lifecycle'],
  identity: ['trustDomain', 'trustDomainAliases', 'meshId'],
} as const satisfies Record<string, readonly SettingId[]>

type Section = keyof typeof sections
const order: readonly Section[] = ['traffic', 'locality', 'telemetry', 'sidecar', 'resources', 'lifecycle', 'identity']

/** All settings of a mesh, folded by matter; what is set shows in the summary, so that nothing hides. */
export function SettingsSections(props: Editing & { kind: Kind }) {
  if (props.kind === 'External') return null
  return order.map((section) => <SettingsSection key={section} {...props} section={section} />)
}

function SettingsSection(props: Editing & { section: Section }) {
  const t = useFormText()
  const { section, ...editing } = props
  const ids: readonly SettingId[] = sections[section]
  return (
    <Advanced title={t(`section.${section}`)} summary={useSummary(ids, editing)} deferred>
      <div className="mesh-two">
        {ids.map((id) => (
          <div key={id} className={wide.has(settings[id].form) ? 'mesh-wide' : undefined}>
            <SettingField {...editing} id={id} />
          </div>
        ))}
      </div>
    </Advanced>
  )
}

const wide = new Set<string>(['choices', 'distribute', 'failover', 'provider', 'json'])

function useSummary(ids: readonly SettingId[], { spec, faults }: Editing): string {
  const t = useFormText()
  const parts = ids.flatMap((id) => {
    const field = fieldOf(id)
    const value = valueAt(spec, field)
    if (value === undefined) return []
    const label = t(`setting.${id}.label`)
    if (hasFault(faults, field.path)) return [`${label}: ${t('faulty')}`]
    if (typeof value === 'boolean') return [`${label}: ${t(value ? 'on' : 'off')}`]
    return [typeof value === 'object' ? label : `${label}: ${value}`]
  })
  return parts.join(' · ')
}
