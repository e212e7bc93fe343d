import type { Candidate } from '@orbweaver/contracts/candidate'
import type { FoundIstio } from '@orbweaver/contracts/clusters'
import { patterns } from '@orbweaver/contracts/mesh-settings'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Form, Select } from 'antd'
import { lazy, Suspense } from 'react'
import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { adoptable, against, type ClusterChoice, foundKey, governable, inOrder, versionChoices } from './choice.ts'
import type { Kind } from './draft.ts'
import { TextField } from './field.tsx'
import { NotedOption, renderNoted } from './noted-option.tsx'
import { useFormText } from './text.ts'
import type { MeshValues } from './values.ts'

const Candidates = lazy(async () => ({ default: (await import('./candidates.tsx')).Candidates }))

type Basics = {
  kind: Kind
  values: MeshValues
  choice: ClusterChoice | undefined
  choices: ClusterChoice[] | undefined
  /** Those that the draft names. */
  clusters: readonly ClusterChoice[]
  asking: boolean
  fixed: boolean
}

/** Name, cluster, and what runs or will run there. */
export function BasicFields(props: Basics) {
  const t = useFormText()
  const { kind, fixed, choice } = props
  const { name, found: chosen } = props.values
  const candidates = fixed ? governable(choice, { mesh: name, found: chosen }) : adoptable(choice)
  return (
    <section aria-label={t('basics')}>
      <h2>{t('basics')}</h2>
      <div className="mesh-two">
        <TextField
          name="name"
          label={t('name')}
          field="metadata.name"
          hint={t(fixed ? 'fixed' : `nameHint.${kind}`)}
          pattern={patterns.meshName}
          max={40}
          fault={t('fault.name')}
          missing={t('fault.nameMissing')}
          disabled={fixed}
        />
        <TextField
          name="displayName"
          label={t('displayName')}
          field="displayName"
          max={63}
          fault={t('fault.tooLong')}
        />
      </div>
      <ClusterField {...props} />
      {kind === 'External' ? (
        <>
          <FoundField candidates={candidates} chosen={chosen} fixed={fixed} hidden={choice?.istioHidden === true} />
          {choice !== undefined && (
            <Suspense fallback={<Skeleton lines={3} />}>
              <Candidates cluster={choice.name} candidates={candidates} chosen={chosen} />
            </Suspense>
          )}
        </>
      ) : (
        <VersionField clusters={props.clusters} />
      )}
    </section>
  )
}

function ClusterField(props: Basics) {
  const t = useFormText()
  const say = useMessage()
  const { kind, choices, fixed } = props
  const none = choices?.length === 0
  const options = inOrder(choices ?? []).map((choice) => {
    const { name, displayName, unavailable } = choice
    const held = fixed ? undefined : against(choice)
    return {
      value: name,
      disabled: unavailable !== undefined,
      label: (
        <NotedOption
          label={displayName === undefined ? name : `${name} · ${displayName}`}
          note={held === undefined ? undefined : say(held)}
        />
      ),
    }
  })
  return (
    <Form.Item<MeshValues>
      name="cluster"
      label={<FieldLabel field="controlPlane.cluster">{t(`cluster.${kind}`)}</FieldLabel>}
      extra={
        none ? (
          <>
            {t('noClusters')} <AppLink to={paths.clusterRegister()}>{t('registerCluster')}</AppLink>
          </>
        ) : (
          t(fixed ? 'fixed' : `clusterHint.${kind}`)
        )
      }
      rules={[{ required: true, message: t('fault.cluster') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'value' }}
        disabled={fixed}
        loading={choices === undefined && props.asking}
        options={options}
      />
    </Form.Item>
  )
}

/** Those that the Kubernetes of a cluster named forbids stay to be seen, with the reason. */
function VersionField(props: { clusters: readonly ClusterChoice[] }) {
  const t = useFormText()
  const say = useMessage()
  return (
    <Form.Item<MeshValues>
      name="version"
      label={<FieldLabel field="version">{t('version')}</FieldLabel>}
      extra={t('versionHint')}
      rules={[{ required: true, message: t('fault.version') }]}
    >
      <Select
        showSearch
        options={versionChoices(props.clusters).map(({ version, recommended, forbidden, against: why }) => ({
          value: version,
          disabled: forbidden,
          label: recommended ? `${version} · ${t('recommended')}` : version,
          note: why === undefined ? undefined : say(why),
        }))}
        optionRender={renderNoted}
        notFoundContent={t(props.clusters.length === 0 ? 'versionNoCluster' : 'versionNone')}
      />
    </Form.Item>
  )
}

function FoundField(props: {
  candidates: readonly Candidate[]
  chosen: string
  fixed: boolean
  /** Whether there are others that the viewer may not know of. */
  hidden: boolean
}) {
  const t = useFormText()
  const say = useMessage()
  const { candidates, chosen, fixed } = props
  const options = candidates.map((each) => ({
    value: foundKey(each),
    label: t('foundLabel', {
      ...foundWords(each),
      installer: say({ code: `installer.${each.installer}`, params: {} }),
    }),
  }))
  const [namespace = '', revision = ''] = chosen.split('/')
  const isGone = fixed && revision !== '' && options.every(({ value }) => value !== chosen)
  const gone = isGone
    ? [{ value: chosen, label: t(props.hidden ? 'foundHidden' : 'foundGone', { namespace, revision }) }]
    : []
  return (
    <Form.Item<MeshValues>
      name="found"
      label={<FieldLabel field="controlPlane.revision">{t('controlPlane')}</FieldLabel>}
      extra={t(fixed ? 'governedHint' : 'controlPlaneHint')}
      rules={[{ required: true, message: t('fault.found') }]}
    >
      <Select options={[...gone, ...options]} />
    </Form.Item>
  )
}

function foundWords({ namespace, revision, version = '?', tags = [] }: FoundIstio) {
  return { namespace, revision: [revision, ...tags], version }
}
