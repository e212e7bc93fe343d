import type { Rights } from '@orbweaver/contracts/clusters'
import { CopyText } from '@orbweaver/ui/copy-text'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useText } from './text.ts'

/** What the console's own account may do in the cluster, what it may not, and the role to apply for that. */
export function RightsSection({ of }: { of: Rights | undefined }) {
  const t = useText()
  return (
    <Section title={t('rights.title')}>
      <div className="ow-stack">
        {of === undefined ? (
          <Status health="unknown" word={t('capability.unknown')} reason={t('rights.notTold')} />
        ) : (
          <Known of={of} />
        )}
      </div>
    </Section>
  )
}

function Known({ of: { has, lacks, manifest } }: { of: Rights }) {
  const t = useText()
  return (
    <>
      {lacks.length === 0 && <Status health="healthy" word={t('rights.all')} />}
      {lacks.length > 0 && (
        <>
          <Status health="attention" word={t('rights.some')} />
          <RuleTable label={t('rights.lacks')} rules={lacks} />
        </>
      )}
      {manifest !== undefined && (
        <div className="ow-manifest">
          <p>{t('rights.add')}</p>
          <CopyText text={manifest} block />
        </div>
      )}
      {has.length > 0 && (
        <details>
          <summary>{t('rights.has')}</summary>
          <RuleTable label={t('rights.has')} rules={has} />
        </details>
      )}
    </>
  )
}

function RuleTable(props: { label: string; rules: Rights['has'] }) {
  const t = useText()
  return (
    <div className="cluster-istio cluster-rights">
      <table aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">{t('rights.group')}</th>
            <th scope="col">{t('rights.resources')}</th>
            <th scope="col">{t('rights.verbs')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rules.map(({ apiGroups, resources, verbs }) => (
            <tr key={JSON.stringify([apiGroups, resources, verbs])}>
              <td className="ow-mono">{apiGroups.map((group) => (group === '' ? 'core' : group)).join(', ')}</td>
              <td>{resources.join(', ')}</td>
              <td>{verbs.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
