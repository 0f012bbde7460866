import { dictionary } from './dictionary'

/** The places of the main navigation and the account's menu. */
export const placesWords = dictionary('places', {
  bg: {
    today: 'Днес',
    trainings: 'Обучения',
    sheets: 'Списъци',
    courses: 'Курсове',
    staff: 'Служители',
    projects: 'Проекти',
    certificates: 'Удостоверения',
    accounts: 'Профили',
    myAccount: 'Моят профил',
    audit: 'Одитна следа',
    services: 'Работодатели и услуги',
    system: 'Система',
    municipality: 'Община {{name}}',
    demo: 'Демонстрация: хората и обученията са измислени',
  },
  en: {
    today: 'Today',
    trainings: 'Trainings',
    sheets: 'Sheets',
    courses: 'Courses',
    staff: 'Staff',
    projects: 'Projects',
    certificates: 'Certificates',
    accounts: 'Accounts',
    myAccount: 'My account',
    audit: 'Audit trail',
    services: 'Employers and services',
    system: 'System',
    municipality: 'Municipality of {{name}}',
    demo: 'Demonstration: people and trainings are invented',
  },
})
