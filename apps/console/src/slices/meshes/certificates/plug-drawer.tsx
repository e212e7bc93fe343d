import type { Authority, Certificate } from '@orbweaver/contracts/certificates'
import { FormDrawer } from '@orbweaver/ui/form-shell'
import { Form, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { NewRoot, PemField, useMakingFault, useNewRoot } from './new-root.tsx'
import { caOf, newPlug, type PlugMethod, type PlugValues } from './plugged.ts'
import { useCertificateText } from './text.ts'

/** Within a change of root: the root under which is to be signed, and all that are trusted meanwhile (PEM). */
export type PlugTarget = { root: Certificate; bundle: string }

/** Another authority for a mesh that runs, made here or given; then the plan. Nothing of a root's key leaves the browser. */
export function PlugDrawer(props: {
  mesh: string
  place: { cluster: string; namespace: string }
  present: Authority | undefined
  target?: PlugTarget
  onClose: () => void
}) {
  const t = useCertificateText()
  const plan = usePlan()
  const why = useMakingFault()
  const { mesh, onClose, place, target } = props
  const [form] = Form.useForm<PlugValues>()
  const initial = initialOf(props.present, target)
  const [method, setMethod] = useState<PlugMethod>(initial.method)
  const fresh = useNewRoot(mesh)
  const [fault, setFault] = useState<string>()
  const submit = (values: PlugValues) => {
    caOf({ values, root: fresh.kept, ...place }).then(
      (ca) => {
        onClose()
        const rootCert = target?.bundle ?? ca.rootCert
        plan.open({ type: 'meshes.plug-ca', name: mesh, ca: { ...ca, rootCert } })
      },
      (error: unknown) => setFault(why(error)),
    )
  }
  const failed = fresh.insecure ? t('drawer.insecure') : fault
  return (
    <FormDrawer
      title={
        target === undefined ? t('drawer.title', { mesh }) : t('drawer.signTitle', { subject: target.root.subject })
      }
      open
      onClose={onClose}
      form={form}
      initial={initial}
      verb={t('drawer.verb')}
      loading={false}
      failure={failed === undefined ? undefined : { what: t('drawer.failed', { why: failed }) }}
      disabled={method === 'generate' && fresh.kept === undefined ? t('drawer.unsaved') : undefined}
      onChange={(values) => setMethod(values.method)}
      onSubmit={submit}
    >
      <Form.Item<PlugValues> name="method" label={t('drawer.method')} extra={t(`drawer.hint.${method}`)}>
        <Radio.Group
          options={methodsFor(target).map((value) => ({ value, label: t(`drawer.methods.${value}`) }))}
          style={{ display: 'grid', gap: 8, marginBottom: 8 }}
        />
      </Form.Item>
      {method === 'generate' && (
        <NewRoot made={fresh.root !== undefined} onMake={() => fresh.make(form.getFieldsValue())} onSave={fresh.save} />
      )}
      <PlugFields method={method} bundled={target !== undefined} />
    </FormDrawer>
  )
}

/** Files of each way; roots that are given already are not asked for. */
function PlugFields(props: { method: PlugMethod; bundled?: boolean }) {
  const t = useCertificateText()
  const { method, bundled = false } = props
  const files = { generate: [], renew: ['rootCert', 'rootKey'], upload: uploaded } as const
  const asked = files[method].filter((each) => !(bundled && method === 'upload' && each === 'rootCert'))
  return (
    <>
      {asked.map((each) => (
        <PemField key={each} name={each} label={t(`drawer.${each}`)} />
      ))}
      {method !== 'upload' && (
        <Form.Item<PlugValues> name="days" label={t('drawer.days')} rules={[{ required: true }]}>
          <InputNumber min={1} max={3_650} precision={0} />
        </Form.Item>
      )}
    </>
  )
}

const uploaded = ['caCert', 'caKey', 'certChain', 'rootCert'] as const

/** Under a root that stands fast nothing else is made than an intermediate of it. */
function methodsFor(target: PlugTarget | undefined): PlugMethod[] {
  return target === undefined ? ['generate', 'renew', 'upload'] : ['renew', 'upload']
}

/** Whoever has an authority of their own mostly comes to renew its intermediate. */
function initialOf(present: Authority | undefined, target: PlugTarget | undefined): PlugValues {
  if (target !== undefined) return { ...newPlug, method: 'renew', rootCert: target.root.pem }
  if (present?.kind !== 'plugged-in') return newPlug
  return { ...newPlug, method: 'renew', rootCert: present.roots[0]?.pem ?? '' }
}
