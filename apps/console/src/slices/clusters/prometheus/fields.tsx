import type { Cluster } from '@orbweaver/contracts/clusters'
import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { Button, Form, Input, Radio } from 'antd'
import { useListed } from '../../../text/use-language.ts'
import { ProofFields } from './proof-fields.tsx'
import { leftBehind, type ProofValues } from './proof-values.ts'
import { usePrometheusText } from './text.ts'
import { prometheusLengths, prometheusPatterns, type PrometheusValues } from './values.ts'

export type PrometheusCandidate = { namespace: string; name: string; port: number }

const kinds = ['none', 'service', 'url'] as const

/** Where the Prometheus is that scrapes the sidecars of this cluster. */
export function PrometheusFields(props: {
  values: PrometheusValues & ProofValues
  /** Services of the cluster that may be it, the likeliest first. */
  candidates: readonly PrometheusCandidate[]
  /** What the console proves itself by today. */
  held: Cluster['prometheusHolds']
  /** The address as it is saved. */
  saved: string | undefined
  /** Who may not save the cluster gives it no credentials either. */
  mayNot: boolean
  onChoose: (of: Partial<PrometheusValues>) => void
}) {
  const t = usePrometheusText()
  const listed = useListed()
  const { prometheus, prometheusTenant, prometheusLabel } = props.values
  return (
    <section aria-label="Prometheus" className="ow-prometheus">
      <h2>Prometheus</h2>
      <Form.Item<PrometheusValues>
        name="prometheus"
        label={<FieldLabel field="prometheus">{t('where')}</FieldLabel>}
        extra={t('whereHint')}
      >
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      {prometheus !== 'url' && <Candidates {...props} />}
      {prometheus === 'service' && (
        <div className="ow-register-two">
          <Field name="prometheusNamespace" field="service.namespace" placeholder="istio-system" required />
          <Field name="prometheusService" field="service.name" placeholder="prometheus" required />
          <Field name="prometheusPort" field="service.port" required />
        </div>
      )}
      {prometheus === 'url' && (
        <>
          <Field name="prometheusUrl" field="url" placeholder="https://prometheus.example.com" required />
          <ProofFields
            values={props.values}
            held={props.held ?? []}
            heldFor={leftBehind(props.saved, props.values.prometheusUrl)}
            disabled={props.mayNot}
          />
        </>
      )}
      {prometheus !== 'none' && (
        <Advanced
          title={t('more')}
          summary={listed([props.values.prometheusPath, prometheusTenant, prometheusLabel].filter(Boolean))}
        >
          <Field name="prometheusPath" field="path" placeholder="/prometheus" />
          <Field name="prometheusTenant" field="tenant" />
          <Field name="prometheusLabel" field="clusterLabel" placeholder="cluster" />
        </Advanced>
      )}
    </section>
  )
}

/** What looks like a Prometheus is taken by a press. */
function Candidates(props: Parameters<typeof PrometheusFields>[0]) {
  const t = usePrometheusText()
  const { candidates, onChoose } = props
  if (candidates.length === 0) return null
  return (
    <p className="ow-row ow-prometheus-found">
      <span className="ow-soft">{t('found')}</span>
      {candidates.map(({ namespace, name, port }) => (
        <Button
          key={`${namespace}/${name}:${port}`}
          size="small"
          onClick={() =>
            onChoose({
              prometheus: 'service',
              prometheusNamespace: namespace,
              prometheusService: name,
              prometheusPort: String(port),
            })
          }
        >
          {`${namespace}/${name}:${port}`}
        </Button>
      ))}
    </p>
  )
}

function Field(props: {
  name: keyof typeof prometheusPatterns
  field: string
  placeholder?: string
  required?: boolean
}) {
  const t = usePrometheusText()
  const { name, required = false } = props
  return (
    <Form.Item<PrometheusValues>
      name={name}
      label={
        <FieldLabel field={`prometheus.${props.field}`} optional={!required}>
          {t(`field.${name}`)}
        </FieldLabel>
      }
      extra={t(`hint.${name}`)}
      validateFirst
      rules={[
        { required, whitespace: true, message: t('missing') },
        { pattern: prometheusPatterns[name], max: prometheusLengths[name], message: t(`fault.${name}`) },
      ]}
    >
      <Input
        autoComplete="off"
        spellCheck={false}
        maxLength={prometheusLengths[name]}
        {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      />
    </Form.Item>
  )
}
