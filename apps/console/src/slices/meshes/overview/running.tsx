import { type MeshDetail } from '@orbweaver/contracts/meshes'
import { factKeys } from '@orbweaver/contracts/running-control-plane'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Section } from '@orbweaver/ui/page'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'

type RunningProps = {
  running: MeshDetail['running']
  cluster: string
  /** Instead of the section's own. */
  title?: string
  /** Said before what it says itself. */
  facts?: Fact[]
}

/** What the control plane says of itself where it runs: of an external mesh all that is known of its settings. */
export function Running(props: RunningProps) {
  const t = useText()
  const say = useMessage()
  const { running, cluster } = props
  if (running === undefined) return null
  const { facts, installer, revision, tags, complete } = running
  const shown = factKeys.flatMap((key) => facts.filter((fact) => fact.key === key))
  const named = facts.find((fact) => fact.key === 'clusterId')?.value ?? cluster
  return (
    <Section title={props.title ?? t('running.title')}>
      <KeyValue
        columns={2}
        facts={[
          ...(props.facts ?? []),
          { label: t('running.revision'), value: <code>{[revision, ...tags].join(', ')}</code> },
          { label: t('running.installer'), value: say({ code: `installer.${installer}`, params: {} }) },
          ...shown.map(({ key, value, from }) => ({
            label: say({ code: `fact.${key}`, params: {} }),
            value: <code title={[from.kind, from.namespace, from.name].filter(Boolean).join(' ')}>{value}</code>,
          })),
        ]}
      />
      {named !== cluster && <p className="ow-soft">{t('running.otherName', { id: named, cluster })}</p>}
      {!complete && <p className="ow-muted">{t('running.incomplete')}</p>}
    </Section>
  )
}
