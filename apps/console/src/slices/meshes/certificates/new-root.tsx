import { CaKeyError } from '@orbweaver/istio/certificates/private-key'
import type { Root } from '@orbweaver/istio/certificates/make'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { download } from '../../../app/manifest/download.ts'
import { rootOf, type RootWish } from './plugged.ts'
import { useCertificateText } from './text.ts'

/** A root that is made in this browser and counts only once its key is where the operator keeps it. */
export function useNewRoot(name: string) {
  const [root, setRoot] = useState<Root>()
  const [saved, setSaved] = useState(false)
  const [insecure, setInsecure] = useState(false)
  return {
    root,
    /** Undefined until it is saved. */
    kept: saved ? root : undefined,
    insecure,
    make: (wish: RootWish) => {
      rootOf(wish).then(
        (made) => {
          setRoot(made)
          setSaved(false)
        },
        // Only WebCrypto can fail here: browsers keep it from pages that came over plain HTTP.
        () => setInsecure(true),
      )
    },
    save: () => {
      if (root === undefined) return
      download({ name: `${name}-root.pem`, text: `${root.certificate}${root.key}` })
      setSaved(true)
    },
  }
}

/** Of a form whose values include those of a root that is to be made. */
export function NewRoot(props: { made: boolean; onMake: () => void; onSave: () => void }) {
  const t = useCertificateText()
  return (
    <>
      <Form.Item<RootWish> name="organization" label={t('drawer.organization')} rules={[{ required: true, max: 64 }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item<RootWish> name="years" label={t('drawer.years')} rules={[{ required: true }]}>
        <InputNumber min={1} max={30} precision={0} />
      </Form.Item>
      <Form.Item>
        <div className="ow-row">
          <Button onClick={props.onMake}>{t('drawer.make')}</Button>
          <Button onClick={props.onSave} disabled={!props.made}>
            {t('drawer.saveKey')}
          </Button>
        </div>
      </Form.Item>
    </>
  )
}

export function PemField(props: { name: string; label: string }) {
  const t = useCertificateText()
  return (
    <Form.Item name={props.name} label={props.label} rules={[{ required: true, message: t('drawer.missing') }]}>
      <Input.TextArea rows={4} spellCheck={false} autoComplete="off" className="ow-code" />
    </Form.Item>
  )
}

/** Why an intermediate could not be made: of the root's key, or of its certificate. */
export function useMakingFault(): (error: unknown) => string {
  const t = useCertificateText()
  return (error) => t(`drawer.fault.${error instanceof CaKeyError ? error.why : 'certificate'}`)
}
