import { SEXES, STAFF_CATEGORIES } from '~/domain/person/person'
import { common } from '~/i18n/common'
import { personWords } from '~/i18n/person'
import { useT } from '~/i18n/use-language'
import { DateField, SelectField, TextField } from '~/ui/fields'
import { FieldRow } from '~/ui/form'
import { SecondThought } from '~/ui/second-thought'

type Person = {
  givenName: string
  middleName: string | null
  familyName: string | null
  latinName: string | null
  employeeNumber: string | null
  sex: string | null
  firstInSocialSystemOn: string | null
}

/** The facts of a person. */
export function PersonFields({ person }: { person?: Person }) {
  const t = useT(personWords)
  const words = useT(common)
  return (
    <>
      <SecondThought name="namesake" label={t('namesake')} hint={t('namesakeHint')} see={t('seeNamesake')} />
      <TextField
        name="givenName"
        label={t('givenName')}
        hint={t('nameHint')}
        defaultValue={person?.givenName}
        required
        maxLength={100}
        autoComplete="off"
      />
      <FieldRow>
        <TextField
          name="middleName"
          label={t('middleName')}
          defaultValue={person?.middleName}
          optional
          maxLength={100}
          autoComplete="off"
        />
        <TextField
          name="familyName"
          label={t('familyName')}
          defaultValue={person?.familyName}
          optional
          maxLength={100}
          autoComplete="off"
        />
      </FieldRow>
      <TextField
        name="latinName"
        label={t('latinName')}
        hint={t('latinHint')}
        defaultValue={person?.latinName}
        optional
        maxLength={300}
        lang="en"
        autoComplete="off"
      />
      <TextField
        name="employeeNumber"
        label={t('employeeNumber')}
        hint={t('employeeNumberHint')}
        defaultValue={person?.employeeNumber}
        optional
        maxLength={40}
        autoComplete="off"
      />
      <FieldRow>
        <SelectField
          name="sex"
          label={t('sex')}
          hint={t('sexHint')}
          defaultValue={person?.sex ?? undefined}
          optional
          empty={words('notGivenOf.m')}
          options={SEXES.map((value) => ({ value, label: t(`sexes.${value}`) }))}
        />
        <DateField
          name="firstInSocialSystemOn"
          label={t('firstInSocialSystemOn')}
          hint={t('firstHint')}
          defaultValue={person?.firstInSocialSystemOn}
          optional
          min="1990-01-01"
          max="2099-12-31"
        />
      </FieldRow>
    </>
  )
}

type Place = { value: string; name: string; employer: string | null }
type Post = { workplace: string; position: string; category: string; startsOn: string; endsOn: string | null }

/** A post; of a new person all of it may be left out. */
export function PostFields({
  places,
  post,
  optional = false,
  ends = false,
}: {
  places: Place[]
  post?: Post
  optional?: boolean
  ends?: boolean
}) {
  const t = useT(personWords)
  return (
    <>
      <SelectField
        name="workplace"
        label={t('workplace')}
        defaultValue={post?.workplace}
        optional={optional}
        required={!optional}
        empty
        options={places.map(({ value, name, employer }) => ({ value, label: employer ? `${name} (${employer})` : name }))}
      />
      <TextField
        name="position"
        label={t('position')}
        defaultValue={post?.position}
        optional={optional}
        required={!optional}
        maxLength={200}
        autoComplete="off"
      />
      <SelectField
        name="category"
        label={t('staffCategory')}
        defaultValue={post?.category}
        optional={optional}
        required={!optional}
        empty
        options={STAFF_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
      />
      <FieldRow>
        <DateField
          name="startsOn"
          label={t('startsOn')}
          defaultValue={post?.startsOn}
          optional={optional}
          required={!optional}
          min="1990-01-01"
          max="2099-12-31"
        />
        {ends ? (
          <DateField
            name="endsOn"
            label={t('endsOn')}
            hint={t('endsHint')}
            defaultValue={post?.endsOn}
            optional
            min="1990-01-01"
            max="2099-12-31"
          />
        ) : null}
      </FieldRow>
    </>
  )
}
