import { FieldLabel } from '@orbweaver/ui/form-shell'
import { TextFile } from '@orbweaver/ui/text-file'
import { Form, type FormItemProps, Input } from 'antd'
import type { ApplyValues } from './apply-values.ts'
import { useText } from './text.ts'

/** What the contract takes of one file (characters). */
const mostText = 65_536

/** PEM, pasted or read from a file; it travels only as part of the form. */
export function PemField(props: {
  name: 'certificate' | 'key' | 'ca'
  /** In words; `optional` marks it so. */
  label: string
  optional?: boolean
  hint: string
  rules: NonNullable<FormItemProps['rules']>
}) {
  const t = useText()
  const form = Form.useFormInstance<ApplyValues>()
  const { name, label, optional, hint, rules } = props
  return (
    <Form.Item<ApplyValues>
      label={optional === true ? <FieldLabel optional>{label}</FieldLabel> : label}
      extra={hint}
      required={rules.length > 0}
      htmlFor={name}
    >
      <Form.Item<ApplyValues> name={name} noStyle rules={rules}>
        <Input.TextArea rows={4} maxLength={mostText} spellCheck={false} autoComplete="off" className="ow-code" />
      </Form.Item>
      <TextFile
        label={t('form.file')}
        name={t('form.fileOf', { field: label })}
        mostBytes={mostText}
        tooLarge={t('form.tooLarge')}
        onText={(text) => form.setFieldValue(name, text)}
      />
    </Form.Item>
  )
}
