import { defineText } from '../../text/define-text.ts'

export const useRightsText = defineText(
  'rights',
  {
    person: 'In cluster {{cluster}} you lack',
    console: 'In cluster {{cluster}} the console’s own account lacks',
    one: '{{verbs}} {{resource}}',
    in: 'in namespace {{namespace}}',
    role: 'Role to add in {{cluster}}',
    roleHint: 'For whoever administers the cluster: it grants just this, and takes nothing from the roles there.',
    account: '{{cluster}} is read with the account of its kubeconfig: put its name in.',
    page: 'The role to add is on the page of {{cluster}}',
  },
  {
    person: '您在集群 {{cluster}} 中缺少以下权限',
    console: '控制台自身的账号在集群 {{cluster}} 中缺少以下权限',
    one: '{{resource}}：{{verbs}}',
    in: '（命名空间 {{namespace}}）',
    role: '需要在 {{cluster}} 中添加的角色',
    roleHint: '交给该集群的管理员执行：只授予以上权限，不影响已有角色。',
    account: '{{cluster}} 使用其 kubeconfig 的账号读取：请填入该账号的名称。',
    page: '需要添加的角色见集群 {{cluster}} 的页面',
  },
)
