import type { Authority } from '@orbweaver/contracts/certificates'
import type { Root } from '@orbweaver/istio/certificates/make'
import { FormDrawer } from '@orbweaver/ui/form-shell'
import { Button, Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { download } from '../../../app/manifest/download.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { caOf, type PlugMethod, type PlugValues, rootOf } from './plugged.ts'
import { useCertificateText } from './text.ts'

const methods = ['generate', 'renew', 'upload'] as const

/** Another authority for a mesh that runs, made here or given; then the plan. Nothing of a root's key leaves the browser. */
export function PlugDrawer(props: {
  mesh: string
  place: { cluster: string; namespace: string }
  present: Authority | undefined
  onClose: () => void
}) {
  const t = useCertificateText()
  const plan = usePlan()
  const { mesh, onClose, place } = props
  const [form] = Form.useForm<PlugValues>()
  const initial = initialOf(props.present)
  const [method, setMethod] = useState<PlugMethod>(initial.method)
  const [root, setRoot] = useState<Root>()
  const [saved, setSaved] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = (values: PlugValues) => {
    caOf({ values, root, ...place }).then(
      (ca) => {
        onClose()
        plan.open({ type: 'meshes.plug-ca', name: mesh, ca })
      },
      (error: unknown) => setFault(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <FormDrawer
      title={t('drawer.title', { mesh })}
      open
      onClose={onClose}
      form={form}
      initial={initial}
      verb={t('drawer.verb')}
      loading={false}
      failure={fault === undefined ? undefined : { what: t('drawer.failed', { why: fault }) }}
      disabled={method === 'generate' && !(root !== undefined && saved) ? t('drawer.unsaved') : undefined}
      onChange={(values) => setMethod(values.method)}
      onSubmit={submit}
    >
      <Form.Item<PlugValues> name="method" label={t('drawer.method')} extra={t(`drawer.hint.${method}`)}>
        <Radio.Group
          options={methods.map((value) => ({ value, label: t(`drawer.methods.${value}`) }))}
          style={{ display: 'grid', gap: 8 }}
        />
      </Form.Item>
      {method === 'generate' && (
        <NewRoot
          root={root}
          onMake={() => {
            rootOf(form.getFieldsValue()).then(
              (made) => {
                setRoot(made)
                setSaved(false)
              },
              () => setFault(t('drawer.insecure')),
            )
          }}
          onSave={() => {
            if (root === undefined) return
            download({ name: `${mesh}-root.pem`, text: `${root.certificate}${root.key}` })
            setSaved(true)
          }}
        />
      )}
      {method === 'renew' && <Pems names={['rootCert', 'rootKey']} />}
      {method === 'upload' && <Pems names={['caCert', 'caKey', 'certChain', 'rootCert']} />}
      {method !== 'upload' && (
        <Form.Item<PlugValues> name="days" label={t('drawer.days')} rules={[{ required: true }]}>
          <InputNumber min={1} max={3_650} precision={0} />
        </Form.Item>
      )}
    </FormDrawer>
  )
}

/** Whoever has an authority of their own mostly comes to renew its intermediate. */
function initialOf(present: Authority | undefined): PlugValues {
  const plugged = present?.kind === 'plugged-in'
  const rootCert = plugged ? (present.roots[0]?.pem ?? '') : ''
  return {
    method: plugged ? 'renew' : 'generate',
    organization: 'Istio',
    years: 10,
    days: 730,
    rootCert,
    rootKey: '',
    caCert: '',
    caKey: '',
    certChain: '',
  }
}

function NewRoot(props: { root: Root | undefined; onMake: () => void; onSave: () => void }) {
  const t = useCertificateText()
  const { root, onMake, onSave } = props
  return (
    <>
      <Form.Item<PlugValues> name="organization" label={t('drawer.organization')} rules={[{ required: true, max: 64 }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item<PlugValues> name="years" label={t('drawer.years')} rules={[{ required: true }]}>
        <InputNumber min={1} max={30} precision={0} />
      </Form.Item>
      <Form.Item>
        <div className="ow-row">
          <Button onClick={onMake}>{t('drawer.make')}</Button>
          <Button onClick={onSave} disabled={root === undefined}>
            {t('drawer.saveKey')}
          </Button>
        </div>
      </Form.Item>
    </>
  )
}

type PemField = 'rootCert' | 'rootKey' | 'caCert' | 'caKey' | 'certChain'

function Pems(props: { names: PemField[] }) {
  const t = useCertificateText()
  return props.names.map((name) => (
    <Form.Item<PlugValues>
      key={name}
      name={name}
      label={t(`drawer.${name}`)}
      rules={[{ required: true, message: t('drawer.missing') }]}
    >
      <Input.TextArea rows={4} spellCheck={false} autoComplete="off" className="ow-code" />
    </Form.Item>
  ))
}
