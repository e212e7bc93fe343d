import type { Certificate } from '@orbweaver/contracts/certificates'
import { FormDrawer } from '@orbweaver/ui/form-shell'
import { Form, Radio } from 'antd'
import { useState } from 'react'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { NewRoot, PemField, useNewRoot } from './new-root.tsx'
import type { RootWish } from './plugged.ts'
import { useCertificateText } from './text.ts'

type Values = RootWish & { method: 'generate' | 'paste'; rootCert: string }

const initial: Values = { method: 'generate', organization: 'Istio', years: 10, rootCert: '' }
const methods = ['generate', 'paste'] as const

/** The first phase of a change of root: only its certificate is needed, and stands behind those that are trusted now. */
export function AddRootDrawer(props: { mesh: string; present: readonly Certificate[]; onClose: () => void }) {
  const t = useCertificateText()
  const plan = usePlan()
  const { mesh, present, onClose } = props
  const [form] = Form.useForm<Values>()
  const [method, setMethod] = useState<Values['method']>(initial.method)
  const fresh = useNewRoot(mesh)
  return (
    <FormDrawer
      title={t('add.title', { mesh })}
      open
      onClose={onClose}
      form={form}
      initial={initial}
      verb={t('drawer.verb')}
      loading={false}
      failure={fresh.insecure ? { what: t('drawer.insecure') } : undefined}
      disabled={method === 'generate' && fresh.kept === undefined ? t('drawer.unsaved') : undefined}
      onChange={(values) => setMethod(values.method)}
      onSubmit={({ rootCert }) => {
        const added = method === 'generate' ? fresh.kept?.certificate : rootCert
        if (added === undefined) return
        onClose()
        const roots = [...present.map(({ pem }) => pem), added].join('')
        plan.open({ type: 'meshes.trust-roots', name: mesh, roots })
      }}
    >
      <p className="ow-soft">{t('add.lead')}</p>
      <Form.Item<Values> name="method" label={t('drawer.method')} extra={t(`add.hint.${method}`)}>
        <Radio.Group
          options={methods.map((value) => ({ value, label: t(`add.methods.${value}`) }))}
          style={{ display: 'grid', gap: 8, marginBottom: 8 }}
        />
      </Form.Item>
      {method === 'generate' ? (
        <NewRoot made={fresh.root !== undefined} onMake={() => fresh.make(form.getFieldsValue())} onSave={fresh.save} />
      ) : (
        <PemField name="rootCert" label={t('drawer.rootCert')} />
      )}
    </FormDrawer>
  )
}
