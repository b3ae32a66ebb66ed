namespace Gatehouse.Local.Clerk.Data.Generation;

/// <summary>What generated people are called.</summary>
internal static class GeneratedNames
{
    public static string[] First { get; } =
    [
        "Aaliyah", "Adam", "Agnes", "Aiko", "Alma", "Amir", "Anders", "Anika", "Anton", "Aroha", "Astrid", "Ayesha", "Beatriz", "Benjamin",
        "Bogdan", "Bruno", "Camille", "Carla", "Chen", "Chidi", "Clara", "Dalia", "Daniel", "Diego", "Dinah", "Dov", "Edith", "Elena", "Elias",
        "Emeka", "Emma", "Esther", "Farah", "Felix", "Fatou", "Gideon", "Giulia", "Hana", "Hannah", "Hugo", "Ibrahim", "Ida", "Ines", "Ingrid",
        "Isaac", "Ivan", "Jakob", "Jasmin", "Joao", "Johanna", "Jonas", "Judith", "Kaia", "Karim", "Katya", "Kenji", "Kofi", "Lars", "Leah",
        "Leila", "Leon", "Linnea", "Lucas", "Luisa", "Mads", "Maja", "Malik", "Marta", "Mateo", "Maya", "Mehmet", "Mila", "Miriam", "Moses",
        "Nadia", "Naomi", "Nils", "Noa", "Nora", "Olga", "Omar", "Oscar", "Paula", "Pavel", "Priya", "Rafael", "Rania", "Ravi", "Rebecca",
        "Rosa", "Ruth", "Samir", "Sara", "Selma", "Simon", "Sofia", "Stefan", "Suki", "Tariq", "Tessa", "Theo", "Tomas", "Vera", "Viktor",
        "Wanda", "Yael", "Yara", "Yusuf", "Zara", "Zoe",
    ];

    public static string[] Last { get; } =
    [
        "Abe", "Adler", "Ahmed", "Alvarez", "Andersen", "Bakker", "Banerjee", "Baptiste", "Becker", "Bianchi", "Blum", "Boateng", "Bondar",
        "Carvalho", "Castro", "Cohen", "Costa", "Dahl", "Demir", "Diallo", "Dubois", "Eriksen", "Farkas", "Fischer", "Fofana", "Garcia",
        "Gold", "Gomez", "Gruber", "Gupta", "Haddad", "Halevi", "Hansen", "Hashimoto", "Horvat", "Hossain", "Ito", "Ivanova", "Jansen",
        "Jensen", "Kamau", "Kaplan", "Katz", "Kaya", "Khan", "Kim", "Klein", "Kovacs", "Kowalski", "Kruger", "Lange", "Larsen", "Laurent",
        "Levi", "Lindgren", "Lopez", "Martin", "Mbeki", "Mendes", "Mizrahi", "Moreau", "Moretti", "Mwangi", "Nakamura", "Nguyen", "Nilsson",
        "Novak", "Nowak", "Okafor", "Olsen", "Osei", "Papadaki", "Park", "Patel", "Peretz", "Petrov", "Popescu", "Rahman", "Reyes", "Ricci",
        "Rosen", "Rossi", "Sato", "Schmid", "Schwartz", "Segal", "Silva", "Singh", "Sokolov", "Sousa", "Stein", "Suzuki", "Takala", "Tanaka",
        "Toure", "Varga", "Vogel", "Weber", "Weiss", "Yilmaz", "Zhang", "Ziegler",
    ];
}
