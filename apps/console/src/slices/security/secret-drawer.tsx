import type { TlsSecret, TlsUse } from '@orbweaver/contracts/security'
import { Drawer } from '@orbweaver/ui/drawer'
import { KeyValue } from '@orbweaver/ui/key-value'
import { PrimaryButton, Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../api/api.ts'
import { CertificateFacts } from '../../app/certificate/certificate-facts.tsx'
import { download } from '../../app/manifest/download.ts'
import { QueryView } from '../../app/query-view.tsx'
import { useMessage } from '../../text/messages.ts'
import { RuleLink } from './rule-link.tsx'
import type { SecretPlace } from './search.ts'
import { stateHealth } from './states.ts'
import { useText } from './text.ts'
import { useDeleteSecret } from './use-delete-secret.ts'

type Told = Awaited<ReturnType<typeof api.security.secret.call>>

/** One Secret, read now: its certificates, whether its key fits, and every rule that uses it. */
export function SecretDrawer(props: {
  mesh: string
  place: SecretPlace
  onClose: () => void
  onReplace: (secret: TlsSecret) => void
}) {
  const t = useText()
  const { mesh, place, onClose } = props
  const query = useQuery(api.security.secret.queryOptions({ input: { mesh, ...place } }))
  const told = query.data
  return (
    <Drawer
      title={t('detail.title', { name: place.name })}
      open
      onClose={onClose}
      footer={told === undefined ? undefined : <Actions of={told} {...props} />}
    >
      <QueryView query={query} lines={8}>
        {(found) => <Facts of={found} mesh={mesh} />}
      </QueryView>
    </Drawer>
  )
}

function Actions(props: { of: Told; mesh: string; onClose: () => void; onReplace: (secret: TlsSecret) => void }) {
  const t = useText()
  const remove = useDeleteSecret(props.mesh)
  const { secret, permitted } = props.of
  const used = secret.usedBy.length > 0 || secret.usedHidden
  const kept = permitted.delete ? (used ? t('inUse') : undefined) : t('detail.mayNotDelete')
  const held = permitted.update ? undefined : t('detail.mayNotReplace')
  return (
    <div className="ow-drawer-foot">
      {(kept ?? held) !== undefined && <span className="ow-soft">{kept ?? held}</span>}
      <Button danger disabled={kept !== undefined} title={kept} onClick={() => remove(secret, props.onClose)}>
        {t('delete')}
      </Button>
      <PrimaryButton action={{ label: t('replace'), disabled: held, onSelect: () => props.onReplace(secret) }} />
    </div>
  )
}

function Facts(props: { of: Told; mesh: string }) {
  const t = useText()
  const say = useMessage()
  const { secret, certificates, ca, key, notes } = props.of
  const { ref, state, labels, managedBy } = secret
  const told = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return (
    <>
      <KeyValue
        columns={2}
        facts={[
          { label: t('detail.place'), value: `${ref.cluster} · ${ref.namespace ?? ''}` },
          { label: t('state'), value: <Status health={stateHealth[state]} word={t(`states.${state}`)} /> },
          {
            label: t('detail.key'),
            value: <Status health={key === 'fits' ? 'healthy' : 'broken'} word={t(`detail.keys.${key}`)} />,
          },
          { label: t('labels'), value: told.length === 0 ? t('none') : <code>{told.join(', ')}</code> },
        ]}
      />
      <p className="ow-soft tls-hint">{t('detail.keyHint')}</p>
      {managedBy !== undefined && <Status health="attention" word={t('managedBy', managedBy)} />}
      {notes.map((note) => (
        <Status key={note.code} health="attention" word={say(note)} />
      ))}
      <Uses mesh={props.mesh} secret={secret} />
      <Chain
        title={t('detail.certificate')}
        of={certificates.slice(0, 1)}
        file={`${ref.name}.crt`}
        whole={certificates}
      />
      <Chain title={t('detail.chain')} of={certificates.slice(1)} />
      <Chain title={t('detail.ca')} of={ca} />
    </>
  )
}

function Chain(props: { title: string; of: Told['ca']; whole?: Told['ca']; file?: string }) {
  const t = useText()
  const { of, whole, file } = props
  if (of.length === 0) return null
  const save = () => download({ name: file ?? '', text: (whole ?? of).map(({ pem }) => pem).join('') })
  return (
    <Section
      title={props.title}
      aside={file === undefined ? undefined : <Button onClick={save}>{t('detail.download')}</Button>}
    >
      <div className="tls-chain">
        {of.map((each) => (
          <CertificateFacts key={each.fingerprint} of={each} />
        ))}
      </div>
    </Section>
  )
}

function Uses(props: { mesh: string; secret: TlsSecret }) {
  const t = useText()
  const { usedBy, usedHidden } = props.secret
  const what = ({ side, cluster, fault }: TlsUse) =>
    [
      t(`detail.side.${side}`),
      t('detail.inCluster', { cluster }),
      ...(fault === undefined ? [] : [t(`faults.${fault}`)]),
    ].join(' · ')
  return (
    <Section title={t('detail.uses')}>
      {usedBy.length === 0 && !usedHidden && <p className="ow-muted">{t('detail.noUse')}</p>}
      <ul className="tls-uses">
        {usedBy.map((use) => (
          <li key={JSON.stringify(use)}>
            <RuleLink mesh={props.mesh} of={use.by} /> <span className="ow-muted">{what(use)}</span>
          </li>
        ))}
        {usedHidden && <li className="ow-muted">{t('hiddenRules')}</li>}
      </ul>
    </Section>
  )
}
