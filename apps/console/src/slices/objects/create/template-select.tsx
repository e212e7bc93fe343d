import type { RuleTemplate } from '@orbweaver/istio/rules/template'
import { Form, Select } from 'antd'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'

export function TemplateSelect(props: {
  templates: readonly RuleTemplate[]
  template: RuleTemplate
  onChoose: (template: RuleTemplate) => void
}) {
  const t = useText()
  const say = useMessage()
  const { templates, template } = props
  return (
    <Form.Item label={t('form.template')} htmlFor="template" extra={t('form.templateHint')}>
      <Select
        id="template"
        value={template.id}
        options={templates.map(({ id }) => ({
          value: id,
          label: say({ code: `template.template.${id}`, params: {} }),
        }))}
        onChange={(id) => {
          const chosen = templates.find((each) => each.id === id)
          if (chosen !== undefined) props.onChoose(chosen)
        }}
      />
    </Form.Item>
  )
}
