import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useText } from './text.ts'

/** A mesh that was deleted, perhaps while one looked at it, or that this person may not see. */
export function MeshGone(props: { mesh: string }) {
  const t = useText()
  return (
    <Page title={props.mesh}>
      <Empty
        title={t('gone.title', { mesh: props.mesh })}
        hint={t('gone.hint')}
        action={<AppLink to={paths.meshes()}>{t('gone.action')}</AppLink>}
      />
    </Page>
  )
}
